output "instance_name" {
  description = "For `gcloud sql`: backups, clones, restores."
  value       = google_sql_database_instance.this.name
}

output "private_ip" {
  description = "For `DATABASE_URL`, whose user and password are made outside of Terraform, so that its state holds no secret."
  value       = google_sql_database_instance.this.private_ip_address
}

output "database_name" {
  description = "The shop's database."
  value       = google_sql_database.shop.name
}
