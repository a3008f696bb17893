import { defineRouteConfig } from "@medusajs/admin-sdk"
import { MagnifyingGlass } from "@medusajs/icons"
import { Container, Heading, StatusBadge, Text } from "@medusajs/ui"
import { FactsList } from "../../components/facts-list"
import { FindingsList } from "../../components/findings-list"
import { IndexProgress } from "../../components/index-progress"
import { QueueCard } from "../../components/queue-card"
import type { Diagnosis } from "../../../doctor/diagnose"
import { useDiagnosis } from "../../lib/use-diagnosis"

/** How semantic search stands, and what mends what is wrong. */
const SemanticSearchPage = () => {
  const { data, error } = useDiagnosis()
  return (
    <div className="flex flex-col gap-y-3">
      <Container className="divide-y p-0">
        <div className="flex items-center justify-between px-6 py-4">
          <Heading>Semantic search</Heading>
          {data && (
            <StatusBadge color={data.healthy ? "green" : "red"}>
              {data.healthy ? "Healthy" : "Needs attention"}
            </StatusBadge>
          )}
        </div>
        {error && (
          <Text size="small" role="alert" className="text-ui-fg-error px-6 py-4">
            The status can't be read: {error.message}
          </Text>
        )}
        {!data && !error && (
          <Text size="small" className="text-ui-fg-subtle px-6 py-4">
            Loading…
          </Text>
        )}
        {data && <Overview diagnosis={data} />}
      </Container>
      {data && <QueueCard queue={data.status.queue} />}
    </div>
  )
}

function Overview({ diagnosis: { findings, indexes, status } }: { diagnosis: Diagnosis }) {
  const { embedder, extension, worker_running } = status
  return (
    <>
      {findings.length > 0 && <FindingsList findings={findings} />}
      {indexes.map((index) => (
        <IndexProgress key={index.name} index={index} />
      ))}
      <FactsList
        facts={[
          ["Model", `${embedder.model ?? "none"}${embedder.ready ? "" : " (can't embed)"}`],
          ["Worker in this process", worker_running ? "running" : "not running"],
          ["pgvector", extension.version ?? "not available"],
        ]}
      />
    </>
  )
}

export const config = defineRouteConfig({ label: "Semantic search", icon: MagnifyingGlass })

export default SemanticSearchPage
