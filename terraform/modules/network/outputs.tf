output "network_id" {
  description = "The network. It is known once managed services can be put into it."
  value       = google_compute_network.this.id
  depends_on  = [google_service_networking_connection.managed_services]
}

output "subnetwork_id" {
  description = "The nodes' subnet."
  value       = google_compute_subnetwork.nodes.id
}

output "managed_services_cidr" {
  description = "Where Cloud SQL and Memorystore have their addresses: for the charts' network policies."
  value       = var.managed_services_cidr
}
