import { useSearchParams } from 'wouter'

/** The parameters of the address: what a page shows is kept by the browser's history, and a link to it can be sent. */
export const useAddress = () => {
  const [parameters, setParameters] = useSearchParams()
  return {
    read: (name: string): string => parameters.get(name) ?? '',
    /** Changes some parameters. An empty text removes one. */
    write: (changes: Readonly<Record<string, string>>): void =>
      setParameters(
        before => {
          const next = new URLSearchParams(before)
          for (const [name, value] of Object.entries(changes)) {
            if (value === '') next.delete(name)
            else next.set(name, value)
          }
          return next
        },
        { replace: true },
      ),
  }
}
