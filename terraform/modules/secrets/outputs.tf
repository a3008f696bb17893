output "names" {
  description = "The secrets, for `gcloud secrets versions add NAME --data-file=-`."
  value       = sort([for secret in google_secret_manager_secret.this : secret.secret_id])
}
