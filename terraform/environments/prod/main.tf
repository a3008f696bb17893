# Three zones, a second instance of what holds data, and a node with a GPU for the language model.
module "shop" {
  source = "../../modules/shop"

  project_id          = var.project_id
  billing_account     = var.billing_account
  region              = var.region
  name                = "libro-mind"
  secrets_prefix      = "libro-mind-production"
  domain              = var.domain
  authorized_networks = var.authorized_networks
  github              = var.github

  cluster = {
    release_channel = "STABLE"
    nodes           = { machine_type = "e2-standard-4", min = 3, max = 12 }
    gpu_nodes       = { zones = ["${var.region}-a", "${var.region}-b"], max = 2 }
  }

  database = {
    tier                  = "db-custom-4-15360"
    disk_gb               = 50
    maintenance_memory_mb = 1024
    retained_backups      = 30
  }

  cache  = { memory_gb = 2 }
  budget = { monthly_amount = 2000, emails = var.budget_emails }
}
