output "media_bucket" {
  description = "For Medusa's file module."
  value       = google_storage_bucket.this["media"].name
}

output "backups_bucket" {
  description = "Where dumps go."
  value       = google_storage_bucket.this["backups"].name
}
