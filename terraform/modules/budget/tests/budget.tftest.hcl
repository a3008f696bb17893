mock_provider "google" {
  mock_data "google_project" {
    defaults = {
      number = "123456789012"
    }
  }
}

variables {
  project_id      = "my-bookshop"
  billing_account = "012345-6789AB-CDEF01"
  name            = "libro-mind"
  monthly_amount  = 2000
  emails          = ["somebody@example.com"]
}

run "warns_before_the_month_is_over" {
  command = plan

  assert {
    condition     = contains(google_billing_budget.this.threshold_rules[*].spend_basis, "FORECASTED_SPEND")
    error_message = "Mail would come when the money is gone."
  }

  assert {
    condition     = tolist(google_billing_budget.this.budget_filter[0].projects) == tolist(["projects/123456789012"])
    error_message = "Other projects' costs would count."
  }

  assert {
    condition     = google_monitoring_notification_channel.email["somebody@example.com"].labels.email_address == "somebody@example.com"
    error_message = "Whoever is named gets the mail."
  }
}

run "refuses_an_account_that_is_none" {
  command = plan

  variables {
    billing_account = "my account"
    monthly_amount  = 0.5
    thresholds      = []
  }

  expect_failures = [var.billing_account, var.monthly_amount, var.thresholds]
}
