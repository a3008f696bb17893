mock_provider "google" {}

variables {
  project_id = "my-bookshop"
  region     = "europe-west3"
  prefix     = "libro-mind"
  names      = ["jwt-secret", "database-url"]
  reader     = "serviceAccount:secrets@my-bookshop.iam.gserviceaccount.com"
}

run "has_a_place_for_each_and_one_reader" {
  command = plan

  assert {
    condition     = output.names == tolist(["libro-mind-database-url", "libro-mind-jwt-secret"])
    error_message = "The chart asks for the prefix and the name."
  }

  assert {
    condition = alltrue([
      for grant in google_secret_manager_secret_iam_member.reader :
      grant.role == "roles/secretmanager.secretAccessor" && grant.member == var.reader
    ])
    error_message = "Each secret is read by one account, and changed by none."
  }
}

run "refuses_names_that_the_chart_never_asks_for" {
  command = plan

  variables {
    names              = ["JWT_SECRET"]
    destroy_after_days = 0
  }

  expect_failures = [var.names, var.destroy_after_days]
}
