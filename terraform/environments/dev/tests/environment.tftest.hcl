mock_provider "google" {
  mock_data "google_project" {
    defaults = {
      number = "123456789012"
    }
  }
}

variables {
  project_id      = "my-bookshop-dev"
  billing_account = "012345-6789AB-CDEF01"
  domain          = "books.example.com"
}

run "is_small_and_may_be_thrown_away" {
  command = apply

  assert {
    condition     = output.shop.cluster.location == "europe-west3-a"
    error_message = "Three zones cost three times as much."
  }

  assert {
    condition     = output.shop.secrets_prefix == "libro-mind-dev"
    error_message = "Both environments would have the same names."
  }
}
