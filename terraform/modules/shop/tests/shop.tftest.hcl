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
  secrets_prefix  = "libro-mind"
  domain          = "books.example.com"
  cluster         = { nodes = { machine_type = "e2-standard-4", min = 3, max = 12 } }
  database        = { tier = "db-custom-4-15360" }
  budget          = { monthly_amount = 2000 }
}

run "names_what_the_charts_ask_for" {
  command = apply

  assert {
    condition     = output.images == "europe-west3-docker.pkg.dev/my-bookshop/libro-mind"
    error_message = "Images' names begin with the repository's address."
  }

  assert {
    condition     = contains(output.secrets, "libro-mind-storefront-redis-url") && length(output.secrets) == 7
    error_message = "External Secrets would look for a secret that isn't there."
  }

  assert {
    condition     = output.cluster.location == "europe-west3"
    error_message = "Without a zone the cluster is in the whole region."
  }

  assert {
    condition     = output.github.account == null
    error_message = "Nobody deploys from outside unless a repository is named."
  }
}
