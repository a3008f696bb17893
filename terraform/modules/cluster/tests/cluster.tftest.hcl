mock_provider "google" {}

variables {
  project_id    = "my-bookshop"
  name          = "libro-mind"
  location      = "europe-west3"
  network_id    = "projects/my-bookshop/global/networks/libro-mind"
  subnetwork_id = "projects/my-bookshop/regions/europe-west3/subnetworks/libro-mind-nodes"
  nodes         = { machine_type = "e2-standard-4", min = 3, max = 12 }
}

run "is_private_and_knows_its_pods" {
  command = plan

  assert {
    condition     = google_container_cluster.this.private_cluster_config[0].enable_private_nodes
    error_message = "Nodes would have public addresses."
  }

  assert {
    condition     = google_container_cluster.this.workload_identity_config[0].workload_pool == "my-bookshop.svc.id.goog"
    error_message = "Pods could act as nobody but their node."
  }

  assert {
    condition     = google_container_node_pool.shop.node_config[0].workload_metadata_config[0].mode == "GKE_METADATA"
    error_message = "Pods could take the node's own account."
  }

  assert {
    condition     = google_container_cluster.this.deletion_protection
    error_message = "A cluster is protected unless somebody says otherwise."
  }

  assert {
    condition     = length(google_container_node_pool.gpu) == 0
    error_message = "GPUs cost money that nobody asked to spend."
  }

  assert {
    condition     = alltrue([for member in google_project_iam_member.nodes : !contains(["roles/owner", "roles/editor"], member.role)])
    error_message = "A node may do no more than log, measure and read images."
  }
}

run "is_reached_by_name_only_where_asked" {
  command = plan

  assert {
    condition     = !google_container_cluster.this.control_plane_endpoints_config[0].dns_endpoint_config[0].allow_external_traffic
    error_message = "The control plane would answer everybody whom IAM permits, from anywhere."
  }
}

run "lets_runners_reach_it_by_name" {
  command = plan

  variables {
    dns_endpoint = true
  }

  assert {
    condition     = google_container_cluster.this.control_plane_endpoints_config[0].dns_endpoint_config[0].allow_external_traffic
    error_message = "GitHub's runners would have no way to the control plane."
  }
}

run "has_gpus_where_asked" {
  command = plan

  variables {
    gpu_nodes = { zones = ["europe-west3-a"], max = 2 }
  }

  assert {
    condition     = google_container_node_pool.gpu[0].autoscaling[0].total_min_node_count == 0
    error_message = "A GPU would be paid for while nobody asks."
  }

  assert {
    condition     = google_container_node_pool.gpu[0].node_config[0].taint[0].key == "nvidia.com/gpu"
    error_message = "Other pods would fill the nodes of the language model."
  }
}

run "refuses_to_open_the_control_plane" {
  command = plan

  variables {
    authorized_networks = { everybody = "0.0.0.0/0" }
    control_plane_cidr  = "172.16.0.0/24"
    nodes               = { machine_type = "e2-standard-4", min = 3, max = 2 }
  }

  expect_failures = [var.authorized_networks, var.control_plane_cidr, var.nodes]
}
