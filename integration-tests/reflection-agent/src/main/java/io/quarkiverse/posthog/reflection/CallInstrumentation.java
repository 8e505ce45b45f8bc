package io.quarkiverse.posthog.reflection;

import java.util.LinkedHashMap;
import java.util.Map;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.commons.GeneratorAdapter;
import org.objectweb.asm.commons.Method;

/**
 * Replaces calls of reflection by calls of private static methods of the same class, which record the access and make the
 * call. The JDK thus sees the same caller as without instrumentation.
 */
final class CallInstrumentation extends ClassVisitor {

    private static final Type RECORDER = Type.getType(AccessRecorder.class);
    private static final Method RECORD = Method.getMethod("void record(String, String, Object[], Object)");

    private final Map<Handle, String> wrappers = new LinkedHashMap<>();
    private String className;
    private boolean isInterface;
    private int version;

    private CallInstrumentation(ClassWriter writer) {
        super(Opcodes.ASM9, writer);
    }

    /** Returns the instrumented class; null if it has no call to record. */
    static byte[] instrument(byte[] bytes) {
        ClassReader reader = new ClassReader(bytes);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        CallInstrumentation calls = new CallInstrumentation(writer);
        reader.accept(calls, 0);
        return calls.wrappers.isEmpty() ? null : writer.toByteArray();
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        this.version = version;
        className = name;
        isInterface = (access & Opcodes.ACC_INTERFACE) != 0;
        super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] exceptions) {
        return new MethodVisitor(Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {

            @Override
            public void visitMethodInsn(int opcode, String owner, String method, String type, boolean itf) {
                int tag = opcode == Opcodes.INVOKESTATIC ? Opcodes.H_INVOKESTATIC : Opcodes.H_INVOKEVIRTUAL;
                Handle call = new Handle(tag, owner, method, type, itf);
                if (opcode != Opcodes.INVOKESPECIAL && isRecorded(call)) {
                    Handle wrapper = wrapper(call);
                    super.visitMethodInsn(Opcodes.INVOKESTATIC, className, wrapper.getName(), wrapper.getDesc(), isInterface);
                } else {
                    super.visitMethodInsn(opcode, owner, method, type, itf);
                }
            }

            @Override
            public void visitInvokeDynamicInsn(String method, String type, Handle bootstrap, Object... arguments) {
                Object[] replaced = arguments.clone();
                for (int i = 0; i < replaced.length; i++) {
                    if (replaced[i] instanceof Handle call && isRecorded(call)) {
                        replaced[i] = wrapper(call);
                    }
                }
                super.visitInvokeDynamicInsn(method, type, bootstrap, replaced);
            }
        };
    }

    private boolean isRecorded(Handle call) {
        // Interfaces have no static methods before Java 8
        return (call.getTag() == Opcodes.H_INVOKESTATIC || call.getTag() == Opcodes.H_INVOKEVIRTUAL)
                && ReflectiveCalls.kind(call.getOwner(), call.getName()) != null
                && !(isInterface && (version & 0xffff) < Opcodes.V1_8);
    }

    private Handle wrapper(Handle call) {
        String name = wrappers.computeIfAbsent(call, key -> "reflection$" + wrappers.size());
        return new Handle(Opcodes.H_INVOKESTATIC, className, name, descriptor(call), isInterface);
    }

    /** The receiver is the first parameter. */
    private static String descriptor(Handle call) {
        return call.getTag() == Opcodes.H_INVOKESTATIC ? call.getDesc()
                : "(L" + call.getOwner() + ";" + call.getDesc().substring(1);
    }

    @Override
    public void visitEnd() {
        wrappers.forEach(this::generate);
        super.visitEnd();
    }

    private void generate(Handle call, String name) {
        int access = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
        String descriptor = descriptor(call);
        GeneratorAdapter code = new GeneratorAdapter(super.visitMethod(access, name, descriptor, null, null), access, name,
                descriptor);
        code.visitCode();
        boolean calls = isCallOfMember(call);
        if (calls) { // Before the call, which can throw an exception
            record(code, call, -1);
        }
        code.loadArgs();
        code.visitMethodInsn(call.getTag() == Opcodes.H_INVOKESTATIC ? Opcodes.INVOKESTATIC : Opcodes.INVOKEVIRTUAL,
                call.getOwner(), call.getName(), call.getDesc(), call.isInterface());
        if (!calls) { // After the call, which does not need anything if it fails
            int result = code.newLocal(Type.getReturnType(descriptor));
            code.storeLocal(result);
            record(code, call, result);
            code.loadLocal(result);
        }
        code.returnValue();
        code.endMethod();
    }

    private static boolean isCallOfMember(Handle call) {
        return call.getOwner().startsWith("java/lang/reflect/") || call.getName().equals("newInstance");
    }

    private static void record(GeneratorAdapter code, Handle call, int result) {
        code.push(call.getOwner());
        code.push(call.getName());
        code.loadArgArray();
        if (result < 0) {
            code.visitInsn(Opcodes.ACONST_NULL);
        } else {
            code.loadLocal(result);
        }
        code.invokeStatic(RECORDER, RECORD);
    }
}
