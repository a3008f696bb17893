variable "project_id" {
  description = "The project that holds the secrets."
  type        = string
}

variable "region" {
  description = "Where they are kept."
  type        = string
}

variable "prefix" {
  description = "What their names begin with: the chart's `global.secrets.externalSecrets.prefix`."
  type        = string
}

variable "names" {
  description = "The rest of their names."
  type        = set(string)

  validation {
    condition     = alltrue([for name in var.names : can(regex("^[a-z][a-z0-9-]{0,60}$", name))])
    error_message = "names takes small letters, digits and hyphens, such as jwt-secret."
  }
}

variable "reader" {
  description = "Who reads them: the account of External Secrets, as a member of IAM."
  type        = string
}

variable "destroy_after_days" {
  description = "For how many days a version that was destroyed can be brought back."
  type        = number
  default     = 7

  validation {
    condition     = var.destroy_after_days >= 1 && var.destroy_after_days <= 30
    error_message = "destroy_after_days takes 1 to 30."
  }
}
