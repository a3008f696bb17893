# Small and cheap, and it may be thrown away: one zone, spot nodes, no second instance of anything.
module "shop" {
  source = "../../modules/shop"

  project_id          = var.project_id
  billing_account     = var.billing_account
  region              = var.region
  name                = "libro-mind-dev"
  secrets_prefix      = "libro-mind-dev"
  domain              = var.domain
  authorized_networks = var.authorized_networks
  github              = var.github
  deletion_protection = false

  cluster = {
    zone  = "${var.region}-a"
    nodes = { machine_type = "e2-standard-4", min = 1, max = 3, spot = true }
  }

  database = {
    tier                        = "db-custom-1-3840"
    disk_gb                     = 10
    highly_available            = false
    maintenance_memory_mb       = 256
    retained_backups            = 3
    point_in_time_recovery_days = 0
  }

  cache  = { highly_available = false }
  budget = { monthly_amount = 250, emails = var.budget_emails }
}
