variable "project_id" {
  description = "The project that holds the buckets."
  type        = string
}

variable "region" {
  description = "Where they are."
  type        = string
}

variable "prefix" {
  description = "What their names begin with. A bucket's name is taken once in the world."
  type        = string

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9-]{2,50}$", var.prefix))
    error_message = "prefix takes 3 to 51 small letters, digits and hyphens."
  }
}

variable "backup_days" {
  description = "After how many days a backup is deleted."
  type        = number
  default     = 90

  validation {
    condition     = var.backup_days >= 7
    error_message = "backup_days takes 7 or more."
  }
}

variable "force_destroy" {
  description = "Whether a bucket is deleted with what is in it."
  type        = bool
  default     = false
}

variable "media_writers" {
  description = "Who reads and writes pictures, by a name: members of IAM."
  type        = map(string)
  default     = {}
}

variable "backup_writers" {
  description = "Who adds backups, by a name: members of IAM."
  type        = map(string)
  default     = {}
}
