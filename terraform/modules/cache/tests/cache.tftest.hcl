mock_provider "google" {}

variables {
  project_id = "my-bookshop"
  region     = "europe-west3"
  name       = "libro-mind"
  network_id = "projects/my-bookshop/global/networks/libro-mind"
}

run "forgets_nothing_and_asks_for_a_password" {
  command = plan

  assert {
    condition     = google_redis_instance.this.redis_configs["maxmemory-policy"] == "noeviction"
    error_message = "Events and workflows would be evicted."
  }

  assert {
    condition     = google_redis_instance.this.auth_enabled && google_redis_instance.this.transit_encryption_mode == "SERVER_AUTHENTICATION"
    error_message = "Whoever is in the network could read the queue."
  }

  assert {
    condition     = google_redis_instance.this.tier == "STANDARD_HA"
    error_message = "A zone that goes would take the queue along."
  }
}

run "refuses_no_memory" {
  command = plan

  variables {
    memory_gb = 0
  }

  expect_failures = [var.memory_gb]
}
