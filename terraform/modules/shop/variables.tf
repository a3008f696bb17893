variable "project_id" {
  description = "The project of this environment: one of its own."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "project_id takes the id of a project: 6 to 30 small letters, digits and hyphens."
  }
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

variable "name" {
  description = "What everything is called."
  type        = string

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,14}$", var.name))
    error_message = "name takes 2 to 15 small letters, digits and hyphens."
  }
}

variable "secrets_prefix" {
  description = "What the secrets' names begin with: `global.secrets.externalSecrets.prefix` of the charts' values."
  type        = string
}

variable "domain" {
  description = "The shop's domain; its API is at `api.` of it."
  type        = string
}

variable "authorized_networks" {
  description = "Who reaches the cluster's control plane, by name."
  type        = map(string)
  default     = {}
}

variable "cluster" {
  description = "The cluster: `zone` for one in a single zone, else it is in three of the region."
  type = object({
    zone            = optional(string)
    release_channel = optional(string, "REGULAR")
    nodes = object({
      machine_type = string
      min          = number
      max          = number
      spot         = optional(bool, false)
    })
    gpu_nodes = optional(object({
      machine_type = optional(string, "g2-standard-4")
      accelerator  = optional(string, "nvidia-l4")
      zones        = list(string)
      max          = number
      spot         = optional(bool, false)
    }))
  })
}

variable "database" {
  description = "The database: see the module of that name."
  type = object({
    tier                        = string
    disk_gb                     = optional(number, 20)
    highly_available            = optional(bool, true)
    maintenance_memory_mb       = optional(number, 512)
    retained_backups            = optional(number, 14)
    point_in_time_recovery_days = optional(number, 7)
  })
}

variable "cache" {
  description = "Redis: see the module `cache`."
  type = object({
    memory_gb        = optional(number, 1)
    highly_available = optional(bool, true)
  })
  default = {}
}

variable "github" {
  description = "The repository and environment whose Actions deploy; null: none."
  type = object({
    repository_id = string
    environment   = string
  })
  default = null
}

variable "budget" {
  description = "What a month may cost, and who hears of it."
  type = object({
    monthly_amount = number
    currency_code  = optional(string, "EUR")
    emails         = optional(set(string), [])
  })
}

variable "deletion_protection" {
  description = "Whether what holds data can't be deleted."
  type        = bool
  default     = true
}
