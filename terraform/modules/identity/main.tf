# Who is who. Pods are accounts of Google's by workload identity, GitHub Actions by the tokens that it
# gives its jobs: no key is ever made.

resource "google_service_account" "workloads" {
  for_each = var.workloads

  project      = var.project_id
  account_id   = "${var.name}-${each.key}"
  display_name = each.value.purpose
}

# The Kubernetes account of that name, and no other, acts as it.
resource "google_service_account_iam_member" "workloads" {
  for_each = var.workloads

  service_account_id = google_service_account.workloads[each.key].name
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:${var.workload_pool}[${each.value.namespace}/${each.value.account}]"
}

locals {
  grants = merge([
    for name, workload in var.workloads : {
      for role in workload.roles : "${name} ${role}" => { name = name, role = role }
    }
  ]...)
}

resource "google_project_iam_member" "workloads" {
  for_each = local.grants

  project = var.project_id
  role    = each.value.role
  member  = google_service_account.workloads[each.value.name].member
}

resource "google_iam_workload_identity_pool" "github" {
  count = var.github == null ? 0 : 1

  project                   = var.project_id
  workload_identity_pool_id = "${var.name}-github"
  display_name              = "GitHub Actions"
}

resource "google_iam_workload_identity_pool_provider" "github" {
  count = var.github == null ? 0 : 1

  project                            = var.project_id
  workload_identity_pool_id          = google_iam_workload_identity_pool.github[0].workload_identity_pool_id
  workload_identity_pool_provider_id = "actions"
  display_name                       = "GitHub Actions"

  attribute_mapping = {
    "google.subject"        = "assertion.sub"
    "attribute.environment" = "assertion.environment"
  }

  # By the repository's number: a name can be given up and taken by somebody else.
  attribute_condition = "assertion.repository_id == '${var.github.repository_id}' && assertion.environment == '${var.github.environment}'"

  oidc {
    issuer_uri = "https://token.actions.githubusercontent.com"
  }
}

resource "google_service_account" "deploy" {
  count = var.github == null ? 0 : 1

  project      = var.project_id
  account_id   = "${var.name}-deploy"
  display_name = "GitHub Actions: images and releases"
}

resource "google_service_account_iam_member" "deploy" {
  count = var.github == null ? 0 : 1

  service_account_id = google_service_account.deploy[0].name
  role               = "roles/iam.workloadIdentityUser"
  member             = "principalSet://iam.googleapis.com/${google_iam_workload_identity_pool.github[0].name}/attribute.environment/${var.github.environment}"
}

# Enough to fetch the cluster's address; what a release may do in it is for Kubernetes' own roles.
resource "google_project_iam_member" "deploy" {
  count = var.github == null ? 0 : 1

  project = var.project_id
  role    = "roles/container.clusterViewer"
  member  = google_service_account.deploy[0].member
}
