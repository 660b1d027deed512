import { midwest2025 } from './2025/midwest.ts'
import { northeast2025 } from './2025/northeast.ts'
import { south2025 } from './2025/south.ts'
import { west2025 } from './2025/west.ts'
import type { StateTable } from './state-table.ts'

/** Every state and the District of Columbia, by the regions of the Census Bureau. */
export const stateTables2025 = {
  ...northeast2025,
  ...midwest2025,
  ...south2025,
  ...west2025,
} as const satisfies Readonly<Record<string, StateTable>>
