export { default } from "medusa-plugin-semantic-search/scripts/drift"
