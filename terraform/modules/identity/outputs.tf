output "workloads" {
  description = "Each account's address, for the annotation `iam.gke.io/gcp-service-account`, by name."
  value       = { for name, account in google_service_account.workloads : name => account.email }
}

output "members" {
  description = "The same as members of IAM."
  value       = { for name, account in google_service_account.workloads : name => account.member }
}

output "deploy_account" {
  description = "Whom GitHub Actions act as; null: nobody."
  value       = one(google_service_account.deploy[*].email)
}

output "deploy_member" {
  description = "The same as a member of IAM."
  value       = one(google_service_account.deploy[*].member)
}

output "github_provider" {
  description = "For `google-github-actions/auth`: `workload_identity_provider`; null: none."
  value       = one(google_iam_workload_identity_pool_provider.github[*].name)
}
