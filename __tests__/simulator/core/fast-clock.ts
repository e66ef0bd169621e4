import { drivenClock, type SimulatorClock } from '../../../simulator/core/clock.ts';

/** A clock of a fast simulator that runs only when a client's time is advanced. */
export interface FastClock extends SimulatorClock {
  /** @param milliseconds - that pass for the client */
  readonly pass: (milliseconds: number) => void;
}

/** @param speed - simulated seconds per second of the client */
export function fastClock(speed: number): FastClock {
  const simulated = drivenClock();
  const start = simulated.now();
  return {
    now: () => simulated.now(),
    speed,
    clientTime: (at) => (at < start ? at : start + (at - start) / speed),
    sleep: (milliseconds, signal) => simulated.sleep(milliseconds, signal),
    pass: (milliseconds) => {
      simulated.advance(milliseconds * speed);
    },
  };
}
