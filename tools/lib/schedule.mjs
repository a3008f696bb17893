/**
 * Runs tasks in the order of their needs, several at once where there is room.
 *
 * @template R
 * @param {{ name: string, after?: string[], weight?: number }[]} tasks In the order in which they
 *   should start. `after`: names of tasks that must have succeeded; `weight`: how much of the room
 *   it takes, default 1.
 * @param {object} options
 * @param {number} options.room
 * @param {(task: { name: string }) => Promise<{ ok: boolean }>} options.run Must not throw.
 * @param {(task: { name: string }, cause: string) => void} options.skip Told of a task that can't run, and the
 *   name of the one that it needed.
 */
export async function schedule(tasks, { room, run, skip }) {
  const waiting = [...tasks]
  const succeeded = new Set()
  const failed = new Set()
  const running = new Map()
  let used = 0
  const weightOf = ({ weight = 1 }) => Math.min(weight, room)

  const startWhatCan = () => {
    for (const task of [...waiting]) {
      const { name, after = [] } = task
      const cause = after.find((need) => failed.has(need))
      if (cause) {
        waiting.splice(waiting.indexOf(task), 1)
        failed.add(name)
        skip(task, cause)
        // One that stands earlier in the list may have needed it.
        return startWhatCan()
      }
      if (used + weightOf(task) > room || !after.every((need) => succeeded.has(need))) continue
      waiting.splice(waiting.indexOf(task), 1)
      used += weightOf(task)
      running.set(
        name,
        run(task).then(({ ok }) => {
          running.delete(name)
          used -= weightOf(task)
          ;(ok ? succeeded : failed).add(name)
        })
      )
    }
  }

  startWhatCan()
  while (running.size) {
    await Promise.race(running.values())
    startWhatCan()
  }
}
