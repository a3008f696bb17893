output "id" {
  description = "The budget."
  value       = google_billing_budget.this.id
}
