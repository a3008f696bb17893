mock_provider "google" {}

variables {
  project_id = "my-bookshop"
  region     = "europe-west3"
  name       = "libro-mind"
  readers    = { nodes = "serviceAccount:nodes@my-bookshop.iam.gserviceaccount.com" }
  writers    = { deploy = "serviceAccount:deploy@my-bookshop.iam.gserviceaccount.com" }
}

run "keeps_releases_as_they_were" {
  command = plan

  assert {
    condition     = google_artifact_registry_repository.this.docker_config[0].immutable_tags
    error_message = "A tag could be moved to another image."
  }

  assert {
    condition     = google_artifact_registry_repository_iam_member.readers["nodes"].role == "roles/artifactregistry.reader"
    error_message = "Nodes read images, and no more."
  }

  assert {
    condition     = output.url == "europe-west3-docker.pkg.dev/my-bookshop/libro-mind"
    error_message = "Images' names begin with the repository's address."
  }
}

run "refuses_to_keep_no_way_back" {
  command = plan

  variables {
    kept_versions     = 1
    delete_after_days = 1
  }

  expect_failures = [var.kept_versions, var.delete_after_days]
}
