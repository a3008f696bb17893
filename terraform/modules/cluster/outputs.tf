output "name" {
  description = "For `gcloud container clusters get-credentials`."
  value       = google_container_cluster.this.name
}

output "location" {
  description = "Its region or zone."
  value       = google_container_cluster.this.location
}

output "workload_pool" {
  description = "Where Kubernetes' accounts become Google's."
  value       = "${var.project_id}.svc.id.goog"
  depends_on  = [google_container_cluster.this]
}

output "nodes_service_account" {
  description = "The nodes' account: it may read images."
  value       = google_service_account.nodes.member
}
