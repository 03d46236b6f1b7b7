/** Whether the process is on its way out. */
export class ServiceLifecycle {
  private stopping = false;

  /** True from the first stop signal on: health checks answer 503 and connections are not kept open. */
  get draining(): boolean {
    return this.stopping;
  }

  beginDraining(): void {
    this.stopping = true;
  }
}
