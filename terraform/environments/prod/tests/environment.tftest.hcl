mock_provider "google" {
  mock_data "google_project" {
    defaults = {
      number = "123456789012"
    }
  }
}

variables {
  project_id      = "my-bookshop-prod"
  billing_account = "012345-6789AB-CDEF01"
  domain          = "books.example.com"
}

run "survives_a_zone_and_a_mistake" {
  command = apply

  assert {
    condition     = output.shop.cluster.location == "europe-west3"
    error_message = "The cluster would be in one zone."
  }

  assert {
    condition     = output.shop.secrets_prefix == "libro-mind-production"
    error_message = "The values of production say which secrets are read."
  }
}
