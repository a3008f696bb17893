variable "project_id" {
  description = "The project that holds the accounts."
  type        = string
}

variable "name" {
  description = "What their names begin with."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,14}$", var.name))
    error_message = "name takes 2 to 15 small letters, digits and hyphens: an account's name has 30 at most."
  }
}

variable "workload_pool" {
  description = "The cluster's, where Kubernetes' accounts become Google's."
  type        = string
}

variable "workloads" {
  description = "Accounts by name: the Kubernetes account that acts as it, and the project's roles that it has."
  type = map(object({
    purpose   = string
    namespace = string
    account   = string
    roles     = optional(set(string), [])
  }))

  validation {
    condition = alltrue([
      for workload in values(var.workloads) : alltrue([
        for role in workload.roles : !contains(["roles/owner", "roles/editor", "roles/viewer"], role)
      ])
    ])
    error_message = "workloads must not have roles/owner, roles/editor or roles/viewer: name the roles that the work needs."
  }
}

variable "github" {
  description = "The repository whose Actions deploy, by its number (`gh api repos/OWNER/NAME --jq .id`), and the environment that its jobs name; null: none."
  type = object({
    repository_id = string
    environment   = string
  })
  default = null

  validation {
    condition     = var.github == null || can(regex("^[0-9]+$", var.github.repository_id))
    error_message = "github.repository_id takes the repository's number: gh api repos/OWNER/NAME --jq .id."
  }
}
