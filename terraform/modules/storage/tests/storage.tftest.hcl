mock_provider "google" {}

variables {
  project_id     = "my-bookshop"
  region         = "europe-west3"
  prefix         = "my-bookshop-libro-mind"
  backup_writers = { drill = "serviceAccount:drill@my-bookshop.iam.gserviceaccount.com" }
}

run "is_never_public" {
  command = plan

  assert {
    condition = alltrue([
      for bucket in google_storage_bucket.this :
      bucket.public_access_prevention == "enforced" && bucket.uniform_bucket_level_access && bucket.versioning[0].enabled
    ])
    error_message = "A bucket could be opened to everybody, or overwritten without a way back."
  }

  assert {
    condition     = !google_storage_bucket.this["backups"].force_destroy
    error_message = "Backups would go with the bucket."
  }

  assert {
    condition     = google_storage_bucket_iam_member.backups["drill"].role == "roles/storage.objectCreator"
    error_message = "Whoever makes backups must not be able to delete them."
  }
}

run "refuses_to_forget_within_a_week" {
  command = plan

  variables {
    backup_days = 1
    prefix      = "My_Bucket"
  }

  expect_failures = [var.backup_days, var.prefix]
}
