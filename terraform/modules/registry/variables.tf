variable "project_id" {
  description = "The project that holds the repository."
  type        = string
}

variable "region" {
  description = "Its region: that of the cluster, whose nodes read from it."
  type        = string
}

variable "name" {
  description = "Its name."
  type        = string
}

variable "kept_versions" {
  description = "How many versions of an image are kept, however old."
  type        = number
  default     = 20

  validation {
    condition     = var.kept_versions >= 2
    error_message = "kept_versions takes 2 or more: a rollback needs the version before."
  }
}

variable "delete_after_days" {
  description = "After how many days other versions are deleted."
  type        = number
  default     = 90

  validation {
    condition     = var.delete_after_days >= 7
    error_message = "delete_after_days takes 7 or more."
  }
}

variable "readers" {
  description = "Who reads images, by a name: members of IAM, such as the nodes' account."
  type        = map(string)
  default     = {}
}

variable "writers" {
  description = "Who writes images, by a name: members of IAM, such as the account of GitHub Actions."
  type        = map(string)
  default     = {}
}
