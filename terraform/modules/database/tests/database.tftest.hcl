mock_provider "google" {}

variables {
  project_id = "my-bookshop"
  region     = "europe-west3"
  name       = "libro-mind"
  network_id = "projects/my-bookshop/global/networks/libro-mind"
  tier       = "db-custom-4-15360"
}

run "loses_nothing" {
  command = plan

  assert {
    condition     = google_sql_database_instance.this.settings[0].backup_configuration[0].enabled && google_sql_database_instance.this.settings[0].backup_configuration[0].point_in_time_recovery_enabled
    error_message = "There would be no way back to a moment before a mistake."
  }

  assert {
    condition     = google_sql_database_instance.this.settings[0].availability_type == "REGIONAL"
    error_message = "A zone that goes would take the database along."
  }

  assert {
    condition     = google_sql_database_instance.this.deletion_protection && google_sql_database_instance.this.settings[0].deletion_protection_enabled
    error_message = "A mistake in Terraform or in the console would delete the database."
  }
}

run "is_reached_from_the_network_alone" {
  command = plan

  assert {
    condition     = !google_sql_database_instance.this.settings[0].ip_configuration[0].ipv4_enabled
    error_message = "The database would have a public address."
  }

  assert {
    condition     = google_sql_database_instance.this.settings[0].ip_configuration[0].ssl_mode == "ENCRYPTED_ONLY"
    error_message = "Passwords and orders would go over the network as they are."
  }
}

run "writes_down_nothing_that_was_typed" {
  command = plan

  assert {
    condition = alltrue([
      for flag in google_sql_database_instance.this.settings[0].database_flags :
      flag.value == "0" if startswith(flag.name, "log_parameter_max_length")
    ])
    error_message = "Statements' values would be in the log."
  }

  assert {
    condition     = contains([for flag in google_sql_database_instance.this.settings[0].database_flags : "${flag.name}=${flag.value}"], "maintenance_work_mem=524288")
    error_message = "The memory for building vector indexes is told in kilobytes."
  }
}

run "refuses_what_the_plugin_does_not_work_with" {
  command = plan

  variables {
    database_version            = "POSTGRES_14"
    tier                        = "large"
    point_in_time_recovery_days = 30
    disk_limit_gb               = 5
  }

  expect_failures = [
    var.database_version,
    var.tier,
    var.point_in_time_recovery_days,
    var.disk_limit_gb,
  ]
}
