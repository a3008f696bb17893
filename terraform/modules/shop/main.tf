# Everything that one environment of the shop needs, put together: both environments are the same, but for
# their sizes.

locals {
  services = toset([
    "artifactregistry.googleapis.com",
    "billingbudgets.googleapis.com",
    "cloudresourcemanager.googleapis.com",
    "compute.googleapis.com",
    "container.googleapis.com",
    "dns.googleapis.com",
    "iam.googleapis.com",
    "iamcredentials.googleapis.com",
    "monitoring.googleapis.com",
    "redis.googleapis.com",
    "secretmanager.googleapis.com",
    "servicenetworking.googleapis.com",
    "sqladmin.googleapis.com",
    "sts.googleapis.com",
  ])

  # The Secrets that the chart asks External Secrets for (helm/libro-mind/templates/externalsecrets.yaml).
  secrets = toset([
    "jwt-secret",
    "cookie-secret",
    "revalidate-secret",
    "database-url",
    "redis-url",
    "storefront-redis-url",
    "medusa-publishable-key",
  ])
}

resource "google_project_service" "this" {
  for_each = local.services

  project            = var.project_id
  service            = each.value
  disable_on_destroy = false
}

module "network" {
  source     = "../network"
  depends_on = [google_project_service.this]

  project_id = var.project_id
  region     = var.region
  name       = var.name
}

module "cluster" {
  source = "../cluster"

  project_id          = var.project_id
  name                = var.name
  location            = var.cluster.zone == null ? var.region : var.cluster.zone
  network_id          = module.network.network_id
  subnetwork_id       = module.network.subnetwork_id
  authorized_networks = var.authorized_networks
  dns_endpoint        = var.github != null
  release_channel     = var.cluster.release_channel
  nodes               = var.cluster.nodes
  gpu_nodes           = var.cluster.gpu_nodes
  deletion_protection = var.deletion_protection
}

module "identity" {
  source = "../identity"

  project_id    = var.project_id
  name          = var.name
  workload_pool = module.cluster.workload_pool
  github        = var.github

  # What they may do is granted where it lies: at each secret, bucket and zone.
  workloads = {
    backend = {
      purpose   = "Medusa, its servers"
      namespace = "libro-mind"
      account   = "libro-mind-backend"
    }
    secrets = {
      purpose   = "External Secrets: reads the shop's secrets"
      namespace = "external-secrets"
      account   = "external-secrets"
    }
    certs = {
      purpose   = "cert-manager: proves that the domain is ours"
      namespace = "cert-manager"
      account   = "cert-manager"
    }
  }
}

module "database" {
  source = "../database"

  project_id                  = var.project_id
  region                      = var.region
  name                        = var.name
  network_id                  = module.network.network_id
  tier                        = var.database.tier
  disk_gb                     = var.database.disk_gb
  highly_available            = var.database.highly_available
  maintenance_memory_mb       = var.database.maintenance_memory_mb
  retained_backups            = var.database.retained_backups
  point_in_time_recovery_days = var.database.point_in_time_recovery_days
  deletion_protection         = var.deletion_protection
}

module "cache" {
  source = "../cache"

  project_id       = var.project_id
  region           = var.region
  name             = var.name
  network_id       = module.network.network_id
  memory_gb        = var.cache.memory_gb
  highly_available = var.cache.highly_available
}

module "registry" {
  source     = "../registry"
  depends_on = [google_project_service.this]

  project_id = var.project_id
  region     = var.region
  name       = var.name
  readers    = { nodes = module.cluster.nodes_service_account }
  writers    = var.github == null ? {} : { deploy = module.identity.deploy_member }
}

module "secrets" {
  source     = "../secrets"
  depends_on = [google_project_service.this]

  project_id = var.project_id
  region     = var.region
  prefix     = var.secrets_prefix
  names      = local.secrets
  reader     = module.identity.members["secrets"]
}

module "dns" {
  source     = "../dns"
  depends_on = [google_project_service.this]

  project_id           = var.project_id
  region               = var.region
  name                 = var.name
  domain               = var.domain
  certificate_accounts = { cert-manager = module.identity.members["certs"] }
}

module "storage" {
  source     = "../storage"
  depends_on = [google_project_service.this]

  project_id    = var.project_id
  region        = var.region
  prefix        = "${var.project_id}-${var.name}"
  force_destroy = !var.deletion_protection
  media_writers = { backend = module.identity.members["backend"] }
}

module "budget" {
  source     = "../budget"
  depends_on = [google_project_service.this]

  project_id      = var.project_id
  billing_account = var.billing_account
  name            = var.name
  monthly_amount  = var.budget.monthly_amount
  currency_code   = var.budget.currency_code
  emails          = var.budget.emails
}
