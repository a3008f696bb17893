# Places for secrets. Their values are put in by `gcloud secrets versions add`, so that Terraform's state
# holds none of them.

resource "google_secret_manager_secret" "this" {
  for_each = var.names

  project   = var.project_id
  secret_id = "${var.prefix}-${each.value}"

  # A value that was replaced can be returned to for so long.
  version_destroy_ttl = "${var.destroy_after_days * 24 * 60 * 60}s"

  replication {
    user_managed {
      replicas {
        location = var.region
      }
    }
  }
}

# One account reads these, each by itself, and none other of the project.
resource "google_secret_manager_secret_iam_member" "reader" {
  for_each = google_secret_manager_secret.this

  project   = var.project_id
  secret_id = each.value.secret_id
  role      = "roles/secretmanager.secretAccessor"
  member    = var.reader
}
