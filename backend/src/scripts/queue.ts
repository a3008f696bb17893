export { default } from "medusa-plugin-semantic-search/scripts/queue"
