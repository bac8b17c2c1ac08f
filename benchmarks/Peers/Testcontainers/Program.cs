using LocalZure.Benchmarks.Peers;

await PeerLoop.RunAsync(new TestcontainersPeer());
