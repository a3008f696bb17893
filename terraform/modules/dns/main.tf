# The shop's names, and the address that they lead to: that of the mesh's gateway.

resource "google_dns_managed_zone" "this" {
  project     = var.project_id
  name        = var.name
  dns_name    = "${var.domain}."
  description = "The shop's names"

  dnssec_config {
    state = "on"
  }

  cloud_logging_config {
    enable_logging = false
  }
}

resource "google_compute_address" "gateway" {
  project      = var.project_id
  name         = "${var.name}-gateway"
  region       = var.region
  address_type = "EXTERNAL"
  network_tier = "PREMIUM"
}

resource "google_dns_record_set" "hosts" {
  for_each = toset(["", "api."])

  project      = var.project_id
  managed_zone = google_dns_managed_zone.this.name
  name         = "${each.value}${google_dns_managed_zone.this.dns_name}"
  type         = "A"
  ttl          = 300
  rrdatas      = [google_compute_address.gateway.address]
}

# Nobody but Let's Encrypt, from whom cert-manager has the gateway's certificate, may make one.
resource "google_dns_record_set" "caa" {
  project      = var.project_id
  managed_zone = google_dns_managed_zone.this.name
  name         = google_dns_managed_zone.this.dns_name
  type         = "CAA"
  ttl          = 3600
  rrdatas      = ["0 issue \"letsencrypt.org\"", "0 issuewild \";\""]
}

# cert-manager proves that the names are ours by records in this zone, and in no other.
resource "google_dns_managed_zone_iam_member" "certificates" {
  for_each = var.certificate_accounts

  project      = var.project_id
  managed_zone = google_dns_managed_zone.this.name
  role         = "roles/dns.admin"
  member       = each.value
}
