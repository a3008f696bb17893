import { currentDataset } from "../dataset/dataset"
import { defineIndexes } from "../dataset/define-indexes"

const dataset = currentDataset()

export default dataset && defineIndexes(dataset)
