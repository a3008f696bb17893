output "host" {
  description = "Its address. The password is read by `gcloud redis instances get-auth-string`; Terraform doesn't show it."
  value       = google_redis_instance.this.host
}

output "port" {
  description = "Its port, which speaks TLS."
  value       = google_redis_instance.this.port
}
