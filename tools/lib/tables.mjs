/**
 * Lines of a table whose first column is text and whose others are figures.
 *
 * @param {string[]} head
 * @param {string[][]} rows
 * @param {{ texts?: number }} [options] `texts`: how many columns from the left are text. Default 1.
 * @returns {string[]}
 */
export function formatTable(head, rows, { texts = 1 } = {}) {
  const all = [head, ...rows]
  const widths = head.map((_, column) => Math.max(...all.map((row) => row[column].length)))
  const format = (row) =>
    row
      .map((cell, i) => (i < texts ? cell.padEnd(widths[i]) : cell.padStart(widths[i])))
      .join("  ")
      .trimEnd()
  return [format(head), widths.map((width) => "─".repeat(width)).join("  "), ...rows.map(format)]
}
