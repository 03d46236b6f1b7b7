/** A server a test talks to. */
export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** Ends it in an orderly way and removes the temporary directory it was given. */
  stop(): Promise<void>;
  /** SIGKILL: nothing is flushed, nobody is told. The data directory stays for `restart`. */
  kill(): Promise<void>;
  /** Brings it up again on the same port with the same data; a server still running is ended first. */
  restart(): Promise<void>;
}
