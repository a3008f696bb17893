mock_provider "google" {}

variables {
  project_id = "my-bookshop"
  region     = "europe-west3"
  name       = "libro-mind"
}

run "keeps_nodes_private" {
  command = plan

  assert {
    condition     = google_compute_subnetwork.nodes.private_ip_google_access
    error_message = "Nodes without a public address could reach none of Google's interfaces."
  }

  assert {
    condition     = toset(google_compute_subnetwork.nodes.secondary_ip_range[*].range_name) == toset(["pods", "services"])
    error_message = "The cluster asks for the ranges pods and services."
  }

  assert {
    condition     = !google_compute_network.this.auto_create_subnetworks
    error_message = "Subnets would appear in every region."
  }
}

run "refuses_what_is_no_range" {
  command = plan

  variables {
    pods_cidr             = "10.16.0.0"
    managed_services_cidr = "10.20.0.0/28"
    flow_sampling         = 2
  }

  expect_failures = [var.pods_cidr, var.managed_services_cidr, var.flow_sampling]
}
