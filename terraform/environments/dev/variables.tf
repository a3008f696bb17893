variable "project_id" {
  description = "The project of this environment."
  type        = string
}

variable "billing_account" {
  description = "The billing account that pays for it."
  type        = string
}

variable "region" {
  description = "Where all of it is."
  type        = string
  default     = "europe-west3"
}

variable "domain" {
  description = "The shop's domain."
  type        = string
}

variable "authorized_networks" {
  description = "Who reaches the cluster's control plane, by name."
  type        = map(string)
  default     = {}
}

variable "github" {
  description = "The repository and environment whose Actions deploy; null: none."
  type = object({
    repository_id = string
    environment   = string
  })
  default = null
}

variable "budget_emails" {
  description = "Who hears of costs besides the billing account's administrators."
  type        = set(string)
  default     = []
}
