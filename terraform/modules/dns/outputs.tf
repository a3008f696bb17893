output "name_servers" {
  description = "For the registrar of the domain."
  value       = google_dns_managed_zone.this.name_servers
}

output "gateway_address" {
  description = "For the gateway's Service: `loadBalancerIP`."
  value       = google_compute_address.gateway.address
}
