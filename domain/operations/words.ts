/** A size in the largest unit of which there is at least one: `12.3 MB`. A unit is 1,024 of the one before it. */
export const bytesText = (bytes: number): string => {
  let value = bytes
  for (const unit of ['B', 'kB', 'MB', 'GB']) {
    if (value < 1_024) return `${unit === 'B' ? value : value.toFixed(1)} ${unit}`
    value /= 1_024
  }
  return `${value.toFixed(1)} TB`
}

export const percentText = (share: number): string => `${(share * 100).toFixed(1)} %`

export const countText = (count: number): string => count.toLocaleString('en-US', { maximumFractionDigits: 0 })
