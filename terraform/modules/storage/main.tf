# Buckets: pictures that merchants upload, and what is kept beside the database's own backups.

locals {
  buckets = {
    media   = { keep_days = null, versions = 3 }
    backups = { keep_days = var.backup_days, versions = 1 }
  }
}

resource "google_storage_bucket" "this" {
  for_each = local.buckets

  project       = var.project_id
  name          = "${var.prefix}-${each.key}"
  location      = var.region
  storage_class = "STANDARD"
  force_destroy = var.force_destroy

  # No object has rights of its own, and none can be made public by mistake: the shop serves pictures itself.
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  versioning {
    enabled = true
  }

  soft_delete_policy {
    retention_duration_seconds = 7 * 24 * 60 * 60
  }

  lifecycle_rule {
    condition {
      num_newer_versions = each.value.versions
      with_state         = "ARCHIVED"
    }

    action {
      type = "Delete"
    }
  }

  lifecycle_rule {
    condition {
      age = 7
    }

    action {
      type = "AbortIncompleteMultipartUpload"
    }
  }

  dynamic "lifecycle_rule" {
    for_each = each.value.keep_days == null ? [] : [each.value.keep_days]

    content {
      condition {
        age = lifecycle_rule.value
      }

      action {
        type = "Delete"
      }
    }
  }
}

resource "google_storage_bucket_iam_member" "media" {
  for_each = var.media_writers

  bucket = google_storage_bucket.this["media"].name
  role   = "roles/storage.objectUser"
  member = each.value
}

# Whoever makes backups may add them, and can neither read nor delete those that are there.
resource "google_storage_bucket_iam_member" "backups" {
  for_each = var.backup_writers

  bucket = google_storage_bucket.this["backups"].name
  role   = "roles/storage.objectCreator"
  member = each.value
}
