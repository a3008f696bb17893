output "cluster" {
  description = "gcloud container clusters get-credentials NAME --location LOCATION"
  value       = { name = module.cluster.name, location = module.cluster.location }
}

output "images" {
  description = "What the names of `global.images.*.repository` begin with."
  value       = module.registry.url
}

output "secrets" {
  description = "Each wants a value: gcloud secrets versions add NAME --data-file=-"
  value       = module.secrets.names
}

output "secrets_prefix" {
  description = "`global.secrets.externalSecrets.prefix`"
  value       = var.secrets_prefix
}

output "managed_services_cidr" {
  description = "`global.database.cidrs` and `global.redis.cidrs`"
  value       = module.network.managed_services_cidr
}

output "database" {
  description = "For DATABASE_URL: postgres://USER:PASSWORD@HOST/NAME?sslmode=no-verify"
  value       = { instance = module.database.instance_name, host = module.database.private_ip, name = module.database.database_name }
}

output "redis" {
  description = "For REDIS_URL: rediss://:PASSWORD@HOST:PORT/0, and /1 for the storefront"
  value       = { host = module.cache.host, port = module.cache.port }
}

output "accounts" {
  description = "The annotation iam.gke.io/gcp-service-account of each Kubernetes account"
  value       = module.identity.workloads
}

output "github" {
  description = "For google-github-actions/auth"
  value       = { provider = module.identity.github_provider, account = module.identity.deploy_account }
}

output "gateway_address" {
  description = "The gateway's `loadBalancerIP`"
  value       = module.dns.gateway_address
}

output "name_servers" {
  description = "For the registrar of the domain"
  value       = module.dns.name_servers
}

output "buckets" {
  description = "Pictures and backups"
  value       = { media = module.storage.media_bucket, backups = module.storage.backups_bucket }
}
