mock_provider "google" {}

variables {
  project_id    = "my-bookshop"
  name          = "libro-mind"
  workload_pool = "my-bookshop.svc.id.goog"
  workloads = {
    backend = {
      purpose   = "Medusa"
      namespace = "libro-mind"
      account   = "libro-mind-backend"
    }
    watcher = {
      purpose   = "Watches"
      namespace = "observability"
      account   = "prometheus"
      roles     = ["roles/monitoring.viewer"]
    }
  }
}

run "lets_one_kubernetes_account_act_as_each" {
  command = plan

  assert {
    condition     = google_service_account_iam_member.workloads["backend"].member == "serviceAccount:my-bookshop.svc.id.goog[libro-mind/libro-mind-backend]"
    error_message = "Another pod could act as the backend."
  }

  assert {
    condition     = { for key, grant in google_project_iam_member.workloads : key => grant.role } == { "watcher roles/monitoring.viewer" = "roles/monitoring.viewer" }
    error_message = "Nobody has a role that wasn't named."
  }

  assert {
    condition     = length(google_service_account.deploy) == 0
    error_message = "Nobody deploys from outside unless a repository is named."
  }
}

run "trusts_one_repository_and_environment" {
  command = plan

  variables {
    github = { repository_id = "123456789", environment = "production" }
  }

  assert {
    condition     = google_iam_workload_identity_pool_provider.github[0].attribute_condition == "assertion.repository_id == '123456789' && assertion.environment == 'production'"
    error_message = "Another repository, or a pull request's job, could deploy."
  }
}

run "refuses_roles_that_may_everything" {
  command = plan

  variables {
    workloads = {
      backend = {
        purpose   = "Medusa"
        namespace = "libro-mind"
        account   = "libro-mind-backend"
        roles     = ["roles/editor"]
      }
    }
    github = { repository_id = "owner/name", environment = "production" }
  }

  expect_failures = [var.workloads, var.github]
}
