terraform {
  required_version = ">= 1.9"

  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 6.50"
    }
  }

  # The bucket is named when it is initialised: terraform init -backend-config=bucket=NAME
  backend "gcs" {
    prefix = "libro-mind/prod"
  }
}

provider "google" {
  project = var.project_id
  region  = var.region

  # Budgets are paid for by this project, as they belong to none.
  billing_project       = var.project_id
  user_project_override = true
}
