package plimsoll.oracle.api;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.Map;
import plimsoll.chain.rpc.RpcException;

/** A node that does not answer properly is no fault of the request: 503 where another try may help, else 502. */
@Provider
public class FailureMapper implements ExceptionMapper<RpcException> {

    @Override
    public Response toResponse(RpcException failure) {
        Map<String, Object> error = Map.of("kind", "outside", "message", String.valueOf(failure.getMessage()));
        return Response.status(failure.isTransient() ? 503 : 502)
                .type(MediaType.APPLICATION_JSON)
                .entity(Map.of("error", error))
                .build();
    }
}
