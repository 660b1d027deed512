import { useEffect, useState } from 'react'

/** A value once it has not changed for some time: a search sends no request for every key. */
export const useDelayed = <Value>(value: Value, milliseconds = 250): Value => {
  const [delayed, setDelayed] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setDelayed(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return delayed
}
