import { useSyncExternalStore } from 'react'

export interface Store<State> {
  readonly get: () => State
  readonly set: (next: State | ((state: State) => State)) => void
  readonly subscribe: (listener: () => void) => () => void
}

/** A value that several parts of the page share. */
export const createStore = <State>(initial: State): Store<State> => {
  let state = initial
  const listeners = new Set<() => void>()
  return {
    get: () => state,
    set: next => {
      state = typeof next === 'function' ? (next as (state: State) => State)(state) : next
      for (const listener of listeners) listener()
    },
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The value of a store in a component, which is drawn again when the value changes. */
export const useStore = <State>(store: Store<State>): State => useSyncExternalStore(store.subscribe, store.get)

const read = (key: string): string | null => {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

/** A store of this device: its value outlives the page. A browser that stores nothing keeps it until the page is closed. */
export const storedOnDevice = <State>(name: string, initial: State): Store<State> => {
  const key = `nestegg:${name}`
  const text = read(key)
  const store = createStore<State>(text === null ? initial : (JSON.parse(text) as State))
  store.subscribe(() => {
    try {
      localStorage.setItem(key, JSON.stringify(store.get()))
    } catch {
      // The storage is full or forbidden: the value holds for this page only.
    }
  })
  return store
}
