/** From a service's name to the addresses where it can be reached now. */
export interface Discovery {
  /** Origins such as `http://10.1.2.3:8080`; none where the service is not known or not up. */
  addresses(service: string): readonly URL[];
  /** Calls `listener` with a service's name when its addresses change; the answer ends that. */
  onChange(listener: (service: string) => void): () => void;
  close(): Promise<void>;
}
