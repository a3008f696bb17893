mock_provider "google" {}

variables {
  project_id = "my-bookshop"
  region     = "europe-west3"
  name       = "libro-mind"
  domain     = "books.example.com"
}

run "leads_shop_and_api_to_the_gateway" {
  command = plan

  assert {
    condition     = toset([for record in google_dns_record_set.hosts : record.name]) == toset(["books.example.com.", "api.books.example.com."])
    error_message = "The gateway listens for the domain and for api. of it."
  }

  assert {
    condition     = google_dns_managed_zone.this.dnssec_config[0].state == "on"
    error_message = "Answers could be forged."
  }

  assert {
    condition     = length(google_dns_managed_zone_iam_member.certificates) == 0
    error_message = "Nobody was named who makes certificates."
  }
}

run "refuses_what_is_no_domain" {
  command = plan

  variables {
    domain = "books.example.com."
  }

  expect_failures = [var.domain]
}
