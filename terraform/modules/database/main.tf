# PostgreSQL with pgvector. The extension is part of Cloud SQL; the plugin's first migration creates it.

resource "google_sql_database_instance" "this" {
  project             = var.project_id
  name                = var.name
  region              = var.region
  database_version    = var.database_version
  deletion_protection = var.deletion_protection

  settings {
    tier                        = var.tier
    edition                     = var.edition
    availability_type           = var.highly_available ? "REGIONAL" : "ZONAL"
    disk_type                   = "PD_SSD"
    disk_size                   = var.disk_gb
    disk_autoresize             = true
    disk_autoresize_limit       = var.disk_limit_gb
    deletion_protection_enabled = var.deletion_protection

    ip_configuration {
      ipv4_enabled    = false
      private_network = var.network_id
      ssl_mode        = "ENCRYPTED_ONLY"
    }

    backup_configuration {
      enabled                        = true
      start_time                     = "02:00"
      point_in_time_recovery_enabled = var.point_in_time_recovery_days > 0
      transaction_log_retention_days = max(var.point_in_time_recovery_days, 1)

      backup_retention_settings {
        retained_backups = var.retained_backups
        retention_unit   = "COUNT"
      }
    }

    maintenance_window {
      day          = 7
      hour         = 3
      update_track = "stable"
    }

    insights_config {
      query_insights_enabled  = true
      query_string_length     = 1024
      record_application_tags = false
      record_client_address   = false
    }

    # A vector index is built in this much memory, in one go; where it doesn't fit the build takes hours.
    database_flags {
      name  = "maintenance_work_mem"
      value = tostring(var.maintenance_memory_mb * 1024)
    }

    database_flags {
      name  = "max_parallel_maintenance_workers"
      value = "2"
    }

    # A search that takes longer helps nobody, and holds a connection that others wait for.
    database_flags {
      name  = "statement_timeout"
      value = "60000"
    }

    database_flags {
      name  = "log_min_duration_statement"
      value = "1000"
    }

    # Statements' values may be what a shopper typed.
    database_flags {
      name  = "log_parameter_max_length"
      value = "0"
    }

    database_flags {
      name  = "log_parameter_max_length_on_error"
      value = "0"
    }
  }

  lifecycle {
    # Grows by itself.
    ignore_changes = [settings[0].disk_size]
  }
}

resource "google_sql_database" "shop" {
  project         = var.project_id
  name            = "libro_mind"
  instance        = google_sql_database_instance.this.name
  deletion_policy = var.deletion_protection ? "ABANDON" : "DELETE"
}
